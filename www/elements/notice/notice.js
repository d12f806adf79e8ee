// Something that the reader must know. Its button, where it has one, tells the page by an `answer` event.
import { LitElement, html, nothing, unsafeCSS } from "lit";
import shared from "../../styles/shared.css?inline";
import styles from "./notice.css?inline";

export class NoticeElement extends LitElement {
  static styles = [unsafeCSS(shared), unsafeCSS(styles)];

  static properties = {
    heading: { type: String },
    items: { attribute: false },
    action: { type: String },
    alert: { type: Boolean },
    link: { attribute: false },
  };

  constructor() {
    super();
    this.heading = "";
    /** @type {readonly string[]} */
    this.items = [];
    /** The words on the button; empty where there is none. */
    this.action = "";
    this.alert = false;
    /** Where more can be seen. @type {{ href: string, text: string } | null} */
    this.link = null;
  }

  render() {
    const answer = () => this.dispatchEvent(new CustomEvent("answer", { bubbles: true, composed: true }));
    return html`
      <div class="notice ${this.alert ? "alert" : ""}" role=${this.alert ? "alert" : "status"}>
        <p class="title">${this.heading}</p>
        ${this.items.length > 0
          ? html`<ul>
              ${this.items.map((item) => html`<li>${item}</li>`)}
            </ul>`
          : nothing}
        <div class="actions">
          ${this.link === null ? nothing : html`<a href=${this.link.href}>${this.link.text}</a>`}
          ${this.action === "" ? nothing : html`<button type="button" @click=${answer}>${this.action}</button>`}
        </div>
      </div>
    `;
  }
}

customElements.get("cw-notice") ?? customElements.define("cw-notice", NoticeElement);
