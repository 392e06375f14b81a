package hgn.data;

/**
 * Spec of films of the user's own: source, number and what became of them.
 *
 * @param path the folder or the archive: relative to the checkout where it lies inside
 * @param checksum SHA-256 of every film's name, size and pixels as they were found
 * @param films how many
 * @param frames all films' together
 * @param width of a frame as it was found, in pixels
 * @param height of a frame as it was found, in pixels
 * @param imageSize height and width of a frame as it is learned: 32 or 64
 * @param steps of a window: one less than its frames
 * @param train windows to learn from
 * @param test windows to be judged by
 */
public record FilmsSpec(
    String path,
    String checksum,
    int films,
    int frames,
    int width,
    int height,
    int imageSize,
    int steps,
    int train,
    int test) {}
