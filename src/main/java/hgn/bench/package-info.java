/**
 * Benchmarks on this machine: steps and their phases, the decoder's forms, data, memory. All that
 * is compared is measured in turns in one run, so that a busy machine slows both alike.
 */
package hgn.bench;
