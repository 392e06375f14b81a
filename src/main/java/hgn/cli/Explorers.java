package hgn.cli;

import hgn.io.Progress;
import hgn.io.Workspace;
import hgn.paper.Budget;
import hgn.paper.Experiment;
import hgn.paper.FlowExperiment;
import hgn.paper.Model;
import hgn.paper.Paper;
import hgn.report.Explorer;
import hgn.report.FlowExplorer;
import hgn.results.FlowField;
import hgn.results.LatentModel;
import hgn.results.TrainingWatch;
import hgn.site.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Interactive pages of the site: one for each finished run that a browser can run. */
final class Explorers {
  private static final List<String> FLOWS =
      List.of("nhf-2-soft-uniform.mixture-4", "nhf-2.two-moons", "nhf-3.spiral");

  private static final int FILMS = 32;

  private Explorers() {}

  /**
   * The pages of HGN on the paper's systems, plain and with consistency, and of flows in the plane.
   *
   * @param workspace whose runs; what is not finished, or has no weights here, is left out
   * @param progress watches
   */
  static List<Site.Extra> of(Workspace workspace, Progress progress) {
    List<Site.Extra> pages = new ArrayList<>();
    List<Experiment> films =
        Stream.concat(
                Paper.systems(Budget.QUICK).stream(),
                Paper.successors().stream().filter(e -> e.model().equals(Model.HGN_CONSISTENT)))
            .filter(e -> e.ready(workspace))
            .toList();
    List<FlowExperiment> flows =
        FLOWS.stream().map(FlowExperiment::named).filter(e -> e.ready(workspace)).toList();
    int all = films.size() + flows.size();
    for (Experiment experiment : films) {
      progress.update(pages.size(), all, experiment.name());
      LatentModel model = experiment.finished(workspace, FILMS).latentModel();
      pages.add(page(model.title(), model.caption(), new Explorer(model).page()));
    }
    for (FlowExperiment experiment : flows) {
      progress.update(pages.size(), all, experiment.name());
      FlowField field = experiment.train(workspace, TrainingWatch.NONE).flowField();
      pages.add(page(field.title(), field.caption(), new FlowExplorer(field).page()));
    }
    progress.update(all, all, "explorers");
    return pages;
  }

  private static Site.Extra page(String title, String caption, String html) {
    return new Site.Extra("explorers/" + title.replace('+', '-') + ".html", title, caption, html);
  }
}
