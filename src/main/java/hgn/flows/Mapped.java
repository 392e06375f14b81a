package hgn.flows;

import ai.djl.ndarray.NDArray;

/**
 * Points mapped by a flow, with the logarithm of the volume's change.
 *
 * @param value the images, [batch, d]
 * @param logDet ln |det ∂value/∂input| at each point, [batch]
 */
public record Mapped(NDArray value, NDArray logDet) {}
