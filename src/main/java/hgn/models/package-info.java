/**
 * The models: what they compute, given their weights. None knows how it is trained or on what; all
 * step their latent states with {@code hgn.dynamics}.
 */
package hgn.models;
