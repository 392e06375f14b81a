package hgn.models;

import hgn.nn.Blueprint;
import hgn.nn.Layout;

/**
 * A whole model whose weights are declared but not yet given.
 *
 * @param <M> what it becomes with its weights
 */
public interface ModelBlueprint<M> extends Blueprint<M> {

  /** Layout of its weights. */
  Layout layout();
}
