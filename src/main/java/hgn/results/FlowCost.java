package hgn.results;

/**
 * Cost of a flow in a number of dimensions. Times are those of the fastest call, for a batch.
 *
 * @param model its name
 * @param dimension d
 * @param parameters weights
 * @param trainSeconds a training step
 * @param densitySeconds scoring a batch once
 * @param sampleSeconds sampling a batch
 */
public record FlowCost(
    String model,
    int dimension,
    int parameters,
    double trainSeconds,
    double densitySeconds,
    double sampleSeconds) {}
