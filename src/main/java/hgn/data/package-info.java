/**
 * Simulated trajectories: states cached on disk as npz, frames rendered from them per batch on the
 * training device, and the order in which training sees them.
 */
package hgn.data;
