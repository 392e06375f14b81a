package hgn.results;

/**
 * Score that the paper reports of a model on a system. Errors are raw: the paper prints them × 1e4.
 *
 * @param trainMse Table 1, average pixel MSE over a 30-step unroll of training data
 * @param testMse the same on test data
 * @param trainEnergyVariance Table 2, variance of the learned energy over one training rollout; NaN
 *     where the paper has N/A
 * @param testEnergyVariance the same on test data
 */
public record PaperScore(
    double trainMse, double testMse, double trainEnergyVariance, double testEnergyVariance) {}
