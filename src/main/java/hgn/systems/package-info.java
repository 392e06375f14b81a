/**
 * The paper's four physical systems (§4, §A.4): the Hamiltonian, the law of initial states and
 * where the discs are drawn.
 */
package hgn.systems;
