/** Scores of trained models on sequences: pixel errors, conservation of the learned energy. */
package hgn.evaluation;
