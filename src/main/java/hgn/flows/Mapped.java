package hgn.flows;

import ai.djl.ndarray.NDArray;

/**
 * What a flow makes of points.
 *
 * @param value the images, [batch, d]
 * @param logDet ln |det ∂value/∂input| at each point, [batch]
 */
public record Mapped(NDArray value, NDArray logDet) {}
