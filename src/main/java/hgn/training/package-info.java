/**
 * The one training loop, its optimizer and its checkpoints, and the objectives that say what a
 * model is trained for.
 */
package hgn.training;
