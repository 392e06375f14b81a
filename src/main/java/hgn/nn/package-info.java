/**
 * Networks as plain differentiable functions of their weights. A layer carries its own pullback, so
 * that a learned energy can give its gradient as ordinary operations; weights live in one flat
 * vector, so that an optimizer, a checkpoint and a gradient are each one array.
 */
package hgn.nn;
