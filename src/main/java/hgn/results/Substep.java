package hgn.results;

/**
 * One shear of a splitting method in the (q, p) plane.
 *
 * @param kick whether it changes p; else it is a drift and changes q
 * @param fraction of the whole step dt
 * @param q0 position before
 * @param p0 momentum before
 * @param q1 position after
 * @param p1 momentum after
 */
public record Substep(boolean kick, double fraction, double q0, double p0, double q1, double p1) {}
