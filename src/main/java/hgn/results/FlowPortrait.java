package hgn.results;

import java.util.List;

/**
 * A density of the plane and what a flow learned of it: a row of Fig 9. Densities are kernel
 * estimates.
 *
 * @param title for example the target's name
 * @param target the target's density
 * @param model the model's
 * @param turned whether K and V are shown with their signs turned: where K is even, (−K, −V) with
 *     the momenta reversed is the same flow, so the sign that gives K a minimum is chosen
 * @param kinetic dt·K(p) of the last step
 * @param potential dt·V(q) of the last step
 * @param minima of V on its grid, (q₁, q₂) each
 * @param stepU how far one leapfrog step from rest moves q₁
 * @param stepV the same of q₂
 * @param paths of samples of the prior, q after each step
 */
public record FlowPortrait(
    String title,
    Grid2D target,
    Grid2D model,
    boolean turned,
    Grid2D kinetic,
    Grid2D potential,
    List<double[]> minima,
    Grid2D stepU,
    Grid2D stepV,
    List<Series> paths) {}
