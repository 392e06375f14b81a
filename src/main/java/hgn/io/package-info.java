/**
 * Files and progress: the workspace's folders, atomic writes, npz archives, JSON. Knows nothing of
 * physics.
 */
package hgn.io;
