// The pictures of pages: loaded when they come near, exchanged when they are decoded, let go when they are far.
// A frame never stands empty while it has an older picture.

/** How long after a page could not be had it is asked for once more. */
const AGAIN_MS = 300;

/** Frames of one scroller; each is an element with the hash of the page that it wants. */
export class Plates {
  /**
   * @param {Element} scroller what the frames scroll in
   * @param {string} margin how far around it frames are kept filled
   */
  constructor(scroller, margin) {
    this.frames = new Map();
    this.seen = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          const frame = this.frames.get(entry.target);
          if (!frame) continue;
          frame.near = entry.isIntersecting;
          this.settle(entry.target, frame);
        }
      },
      { root: scroller, rootMargin: margin },
    );
  }

  /** Gives a frame the page that it is to show. */
  want(element, hash) {
    let frame = this.frames.get(element);
    if (!frame) {
      frame = { near: false, wanted: hash, coming: null };
      this.frames.set(element, frame);
      this.seen.observe(element);
    }
    frame.wanted = hash;
    this.settle(element, frame);
  }

  /** Forgets a frame. */
  drop(element) {
    this.seen.unobserve(element);
    this.frames.delete(element);
  }

  async settle(element, frame, again = false) {
    const image = element.querySelector("img");
    if (!frame.near || image?.dataset.hash === frame.wanted) {
      // An old picture far away would only cost memory; the new one is fetched when it comes near.
      if (!frame.near) image?.remove();
      // One that was coming is no longer awaited: should it be wanted once more, it is fetched once more.
      frame.coming = null;
      return;
    }
    if (frame.coming === frame.wanted) return;
    const hash = frame.wanted;
    frame.coming = hash;
    const next = new Image();
    next.alt = "";
    next.draggable = false;
    next.decoding = "sync";
    next.dataset.hash = hash;
    next.src = `/page/${hash}.svg`;
    try {
      await next.decode();
    } catch {
      // A page that is already outdated; the newer state is under way. It may be the same page again, then it is asked for a
      // second time. One that cannot be drawn stays as it was.
      if (frame.coming !== hash) return;
      frame.coming = null;
      if (!again) setTimeout(() => this.settle(element, frame, true), AGAIN_MS);
      return;
    }
    if (frame.coming !== hash || frame.wanted !== hash || !frame.near) return;
    frame.coming = null;
    const old = element.querySelector("img");
    if (old) old.replaceWith(next);
    else element.prepend(next);
  }
}
