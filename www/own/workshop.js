// Where the reader's own deal is written: what stands in the editor, whether it is sound, and what can be done with it. Every check is
// the engine's; the page adds where in the text a fault is. Nothing of it leaves the device.
import { fileId, ownId } from "../state/own.js";
import { strings } from "../strings/own.js";
import { keepDraft, readDraft } from "./kept.js";
import { formatOf, lineOf, readFile } from "./read.js";
import template from "./template-en.toml?raw";

/** @import { EngineInfo, Fault, Tree } from "../engine/types.d.ts" */
/** @import { Services } from "../parts/index.js" */
/** @import { FileFormat, FileText } from "./kept.js" */

/** A fault of the file: of its text, or of what it says. @typedef {{ line: number | null, path: string, text: string, hint: string | null }} FileFault */
/** What is known of the text as it stands. @typedef {{ tree: Tree | null, info: EngineInfo | null, faults: FileFault[] }} Verdict */
/**
 * @typedef {object} Desktop what the editor shows
 * @property {FileText | null} file null until one is opened or begun
 * @property {number} opened how many files have been opened: the text of an editor is the reader's until the next one is
 * @property {Verdict | null} verdict null while it is being found
 * @property {string | null} used the id in the library under which the text, as it stands, is what the figures show
 * @property {{ text: string, alert: boolean } | null} note what has just been done, or could not be
 */

/** A deal of the library has 30 kB; what is far beyond is no deal file. */
const LARGEST = 2_000_000;
/** So long nothing is typed before the text is looked at. */
const PAUSE = 250;

export class Workshop {
  #services;
  /** @type {FileText | null} */
  #file;
  /** @type {Verdict | null} */
  #verdict = null;
  /** The text that the figures show, and as what. @type {{ id: string, text: string } | null} */
  #used = null;
  /** @type {Desktop["note"]} */
  #note = null;
  #timer = 0;
  #opened = 0;
  /** Of several checks under way the last counts. */
  #round = 0;

  /** @param {Services} services */
  constructor(services) {
    this.#services = services;
    const { deal } = services.state();
    const kept = services.own().find(({ id }) => id === deal);
    if (kept) this.#used = { id: kept.id, text: kept.text };
    this.#file = readDraft() ?? kept ?? null;
    if (this.#file !== null) void this.#check();
  }

  /** @returns {Desktop} */
  get desktop() {
    const used = this.#used !== null && this.#used.text === this.#file?.text ? this.#used.id : null;
    return { file: this.#file, opened: this.#opened, verdict: this.#verdict, used, note: this.#note };
  }

  /** @param {File} file */
  async open(file) {
    if (file.size > LARGEST) {
      this.#say(strings.tooLarge(file.name), true);
      return;
    }
    const text = (await file.text()).replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
    const ending = /\.(toml|json)$/i.exec(file.name)?.[1]?.toLowerCase();
    this.#begin({ text, format: ending === "json" || ending === "toml" ? ending : formatOf(text), name: file.name });
  }

  blank() {
    this.#begin({ text: template, format: "toml", name: "my-deal.toml" });
  }

  /** The deal that the figures show, with all that it inherits and all that the reader changed. */
  async copy() {
    const { engine, state } = this.#services;
    const now = state();
    const [{ dealFile }, { writeFile }, { strings: words }, files, info] = await Promise.all([
      import("../export/deal-file.js"),
      import("./write.js"),
      import("../strings/export.js"),
      engine.files(now.deal),
      engine.describe(now.deal),
    ]);
    const library = Object.fromEntries(files.map((file) => [String(file["id"]), file]));
    const tree = dealFile({ library, info, state: now }, words.deal);
    const id = `${fileId(now.deal)}-copy`;
    const named = { ...tree, id, title: strings.copyOf(info.title) };
    this.#begin({ text: strings.copyHead + writeFile(named, "toml"), format: "toml", name: `${id}.toml` });
  }

  /** A deal of the reader's own that is in the library. @param {string} id */
  pick(id) {
    const kept = this.#services.own().find((each) => each.id === id);
    if (kept === undefined) return;
    this.#used = { id, text: kept.text };
    this.#begin({ text: kept.text, format: kept.format, name: kept.name });
  }

  /** @param {string} text */
  edit(text) {
    if (this.#file === null || text === this.#file.text) return;
    this.#file = { ...this.#file, text };
    this.#note = null;
    keepDraft(this.#file);
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#check(), PAUSE);
    this.#services.changed();
  }

  /** The figures show the file, where it is sound. */
  async use() {
    clearTimeout(this.#timer);
    await this.#check();
    const [file, verdict] = [this.#file, this.#verdict];
    if (file === null || verdict?.tree === null || verdict?.tree === undefined || verdict.info === null) {
      this.#say(strings.notSound, true);
      return;
    }
    const id = ownId(verdict.info.id);
    try {
      const stored = await this.#services.use({ ...file, id, title: verdict.info.title, tree: verdict.tree });
      this.#used = { id, text: file.text };
      this.#say(stored ? strings.inUse : strings.inUseUnkept, false);
    } catch (error) {
      this.#say(error instanceof Error ? error.message : String(error), true);
    }
  }

  /**
   * Hands the file to the reader: as it is written, or in the other format.
   * @param {FileFormat} format
   */
  async save(format) {
    const file = this.#file;
    if (file === null) return;
    let { text } = file;
    if (format !== file.format) {
      const { tree } = readFile(text, file.format, strings.read);
      if (tree === null) {
        this.#say(strings.notReadable, true);
        return;
      }
      text = (await import("./write.js")).writeFile(tree, format);
    }
    const name = `${file.name.replace(/\.(toml|json)$/i, "")}.${format}`;
    const { download } = await import("../export/deliver.js");
    download(new Blob([text], { type: `application/${format}` }), name);
    this.#say(strings.saved(name), false);
  }

  /** Takes a deal out of the library and off the device. @param {string} id */
  async abandon(id) {
    await this.#services.abandon(id);
    if (this.#used?.id === id) this.#used = null;
    this.#say(strings.abandoned, false);
  }

  close() {
    this.#file = null;
    this.#verdict = null;
    this.#note = null;
    keepDraft(null);
    this.#services.changed();
  }

  /** @param {FileText} file */
  #begin(file) {
    this.#file = { text: file.text, format: file.format, name: file.name };
    this.#opened += 1;
    this.#verdict = null;
    this.#note = null;
    keepDraft(this.#file);
    this.#services.changed();
    void this.#check();
  }

  async #check() {
    const round = ++this.#round;
    const file = this.#file;
    if (file === null) return;
    const { tree, lines, faults } = readFile(file.text, file.format, strings.read);
    /** @type {Verdict} */
    const verdict = {
      tree,
      info: null,
      faults: faults.map(({ line, message }) => ({ line, path: "", text: message, hint: null })),
    };
    if (tree !== null) {
      try {
        verdict.info = await this.#services.engine.check(tree);
      } catch (error) {
        const errors = /** @type {{ errors?: Fault[], message?: string }} */ (error);
        const all = errors.errors ?? [];
        verdict.faults = all.map(({ path, expected, found, hint }) => ({
          line: lineOf(lines, path),
          path,
          text: strings.expected(expected, found),
          hint: hint === null ? null : strings.hint(hint),
        }));
        if (all.length === 0) verdict.faults.push({ line: null, path: "", text: String(errors.message ?? error), hint: null });
        verdict.faults.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
      }
    }
    if (round !== this.#round) return;
    this.#verdict = verdict;
    this.#services.changed();
  }

  /**
   * @param {string} text
   * @param {boolean} alert
   */
  #say(text, alert) {
    this.#note = { text, alert };
    this.#services.changed();
  }
}

