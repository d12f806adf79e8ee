// An element that is drawn at once where it can be seen, and a moment after the last change where it cannot. A drag passes through
// hundreds of results; what is out of sight needs only the one that the page rests on, and the frames go to what is watched.
import { LitElement } from "lit";

/** @import { PropertyValues } from "lit" */

/** How long nothing may change before what is out of sight is drawn. */
const REST = 250;
/** What comes within this distance of the view is about to be seen. */
const MARGIN = "200px";

/** @template Data */
export class NearElement extends LitElement {
  static properties = { data: { attribute: false } };

  /** @type {IntersectionObserver | undefined} */
  #observer;
  /** Until it is known to be far, it is near: the first drawing waits for nothing. */
  #near = true;
  /** Whether it is time to draw it though it is far. */
  #due = false;
  #timer = 0;

  constructor() {
    super();
    /** @type {Data | null} */
    this.data = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#observer = new IntersectionObserver(
      (entries) => {
        this.#near = entries.at(-1)?.isIntersecting ?? true;
        if (this.#near && this.#timer !== 0) this.requestUpdate();
      },
      { rootMargin: MARGIN },
    );
    this.#observer.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#observer?.disconnect();
  }

  /** @param {PropertyValues} _changed */
  shouldUpdate(_changed) {
    clearTimeout(this.#timer);
    this.#timer = 0;
    const now = this.#near || this.#due;
    this.#due = false;
    if (!now) {
      this.#timer = window.setTimeout(() => {
        this.#due = true;
        this.requestUpdate();
      }, REST);
    }
    return now;
  }

  /**
   * Asks the page, by an `explain` event, what a metric means and how it is made.
   * @param {string} metric
   */
  explain(metric) {
    this.dispatchEvent(new CustomEvent("explain", { detail: metric, bubbles: true, composed: true }));
  }
}
