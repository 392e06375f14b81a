/** Normalising flows: Hamiltonian ones, affine couplings, and the densities made of them. */
package hgn.flows;
