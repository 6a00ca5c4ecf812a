/** How large a portrait is: apart from its schemas, as the page that makes one needs nothing else of them. */

/** A page sends a square of this side. */
export const PORTRAIT_SIDE_PX = 240;
/** The longest side that is taken, in pixels. */
export const PORTRAIT_SIDE_MAX_PX = 480;
/** The most that a portrait may weigh: 32 KiB. */
export const PORTRAIT_BYTES_MAX = 32 * 1024;
