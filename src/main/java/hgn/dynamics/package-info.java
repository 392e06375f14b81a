/**
 * Phase space, Hamiltonians and the integrators that step them: the same objects for true and for
 * learned physics.
 */
package hgn.dynamics;
