/** Positions to frames: soft discs on a grey ground. Knows nothing of what moves them. */
package hgn.render;
