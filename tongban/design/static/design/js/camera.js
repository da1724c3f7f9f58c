// The document camera: live picture, several pages, rotate, crop, take again; each page is sent as it is taken.
// Without a camera the same goes for chosen files; without script the field for files is sent with its form.
import { draw, turned } from "./picture.js";
import { csrf, post, word } from "./words.js";

const SHARP = { width: { ideal: 3264 }, height: { ideal: 2448 }, facingMode: { ideal: "environment" } };
const REMEMBERED = "camera"; // which device this counter uses: nothing about a person
let running = null;

class Camera {
  constructor(section) {
    this.section = section;
    this.words = section.dataset;
    this.pages = [];
    const one = (name) => section.querySelector(`[data-camera-${name}]`);
    this.parts = Object.fromEntries(["live", "video", "devices", "canvas", "crop", "edit", "pages", "page", "status"].map((name) => [name, one(name)]));
    this.files = section.querySelector("input[type=file]");
    this.parts.live.hidden = false;
    this.files.addEventListener("change", () => this.choose());
    this.parts.devices.addEventListener("change", () => this.start(this.parts.devices.value));
    section.addEventListener("click", (event) => this.click(event));
    for (const line of this.parts.pages.querySelectorAll("[data-id]")) this.known(line);
    this.cropping();
    if (!navigator.mediaDevices?.getUserMedia) section.querySelector("[data-camera-do=start]").hidden = true;
  }

  tell(name, values = {}, bad = false) {
    this.parts.status.dataset.state = bad ? "failed" : "";
    this.parts.status.textContent = word(name, values, this.words);
  }

  click(event) {
    const button = event.target.closest("[data-camera-do], [data-page-do]");
    if (!button) return;
    const page = this.pages.find((one) => one.line.contains(button));
    if (page) this[{ edit: "open", retake: "again", remove: "remove", send: "send" }[button.dataset.pageDo]](page);
    else this[button.dataset.cameraDo]();
  }

  // Live picture

  async start(device = remembered()) {
    if (running !== this) running?.stop();
    this.halt();
    try {
      this.stream = await open(device);
    } catch (error) {
      this.tell(error.name === "NotAllowedError" ? "denied" : "missing", {}, true);
      this.files.focus();
      return;
    }
    running = this;
    this.parts.video.srcObject = this.stream;
    await this.parts.video.play();
    this.on(true);
    await this.devices();
    this.section.querySelector("[data-camera-do=shoot]").focus();
  }

  /** List the devices; their names are known only once one has been allowed. */
  async devices() {
    const now = this.stream.getVideoTracks()[0].getSettings().deviceId;
    const all = (await navigator.mediaDevices.enumerateDevices()).filter((one) => one.kind === "videoinput");
    this.parts.devices.replaceChildren(...all.map((one, at) => new Option(one.label || word("device", { n: at + 1 }, this.words), one.deviceId, false, one.deviceId === now)));
    remember(now);
  }

  on(shown) {
    for (const part of this.section.querySelectorAll("[data-camera-on]")) part.hidden = !shown;
    this.section.querySelector("[data-camera-do=start]").hidden = shown;
  }

  halt() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
  }

  stop() {
    this.halt();
    this.on(false);
    this.retaking = null;
  }

  async shoot() {
    const { video } = this.parts;
    if (!video.videoWidth) return;
    const blob = await draw(document.createElement("canvas"), video, video.videoWidth, video.videoHeight);
    const page = this.retaking ?? this.add();
    this.retaking = null;
    this.put(page, blob);
  }

  again(page) {
    this.retaking = page;
    if (!this.stream) this.start();
    else this.section.querySelector("[data-camera-do=shoot]").focus();
  }

  choose() {
    for (const file of this.files.files) this.put(this.add(), file);
    this.files.value = ""; // sent already; the form must not send it a second time
  }

  // Pages

  add() {
    const line = this.parts.page.content.firstElementChild.cloneNode(true);
    this.parts.pages.append(line);
    const page = { line, id: "" };
    this.pages.push(page);
    this.number();
    return page;
  }

  /** A page that the server showed already. */
  known(line) {
    const tools = this.parts.page.content.firstElementChild.cloneNode(true);
    for (const name of ["progress", "[data-state]", ".row"]) if (!line.querySelector(name)) line.append(tools.querySelector(name));
    this.pages.push({ line, id: line.dataset.id, remove: line.dataset.remove });
    this.number();
  }

  number() {
    this.pages.forEach((page, at) => {
      page.n = at + 1;
      page.line.querySelector("[data-title]").textContent = word("page", { n: page.n }, this.words);
      page.line.querySelector("img").alt = word("page", { n: page.n }, this.words);
    });
  }

  put(page, blob) {
    page.blob = blob;
    const image = page.line.querySelector("img");
    URL.revokeObjectURL(image.src);
    image.hidden = !blob.type.startsWith("image/");
    if (!image.hidden) image.src = URL.createObjectURL(blob);
    page.line.querySelector("[data-page-do=edit]").hidden = image.hidden;
    return this.send(page);
  }

  async send(page) {
    const bar = page.line.querySelector("progress");
    const data = new FormData();
    data.append("file", page.blob, page.blob.name ?? `page-${page.n}.jpg`);
    data.append("order", page.n);
    data.append("replaces", page.id);
    this.tell("taken", page);
    this.mark(page, "");
    bar.hidden = false;
    const { ok, body } = await upload(this.words.upload, data, (share) => { bar.value = share; });
    bar.hidden = true;
    if (!ok) {
      const why = body.message ?? word("network", {}, this.words);
      this.tell("failed", { n: page.n, why }, true);
      this.mark(page, why);
      return;
    }
    Object.assign(page, { id: body.id ?? page.id, remove: body.remove ?? page.remove });
    this.tell("sent", page);
    this.changed();
  }

  mark(page, why) {
    page.line.querySelector("[data-state]").textContent = why;
    page.line.querySelector("[data-page-do=send]").hidden = !why;
  }

  changed() {
    this.section.dispatchEvent(new CustomEvent("pages", { detail: { count: this.pages.length }, bubbles: true }));
  }

  async remove(page) {
    if (page.remove) {
      const { ok, body } = await post(page.remove, new FormData()).catch(() => ({ ok: false, body: {} }));
      if (!ok) {
        this.tell("failed", { n: page.n, why: body.message ?? word("network", {}, this.words) }, true);
        return;
      }
    }
    const at = this.pages.indexOf(page);
    this.pages.splice(at, 1);
    page.line.remove();
    this.number();
    this.tell("removed");
    (this.pages[Math.min(at, this.pages.length - 1)]?.line.querySelector("button") ?? this.files).focus();
    this.changed();
  }

  // Rotate and crop

  async open(page) {
    page.blob ??= await (await fetch(page.line.querySelector("img").src)).blob();
    this.edited = page;
    this.picture = await createImageBitmap(page.blob);
    this.quarter = 0;
    this.frame = { l: 0.04, t: 0.04, r: 0.96, b: 0.96 };
    this.parts.edit.hidden = false;
    this.parts.video.parentElement.hidden = true;
    this.paint();
    this.parts.crop.focus();
  }

  paint() {
    const { canvas } = this.parts;
    turned(canvas, this.picture, this.quarter, 1400);
    this.lay();
  }

  /** Lay the frame and its corners over the picture; by properties, which a strict policy allows. */
  lay() {
    const { l, t, r, b } = this.frame;
    const percent = (share) => `${share * 100}%`;
    Object.assign(this.parts.crop.style, { left: percent(l), top: percent(t), right: percent(1 - r), bottom: percent(1 - b) });
    for (const corner of this.section.querySelectorAll("[data-corner]")) {
      const [vertical, horizontal] = corner.dataset.corner;
      Object.assign(corner.style, { left: percent(this.frame[horizontal]), top: percent(this.frame[vertical]) });
    }
  }

  move(corner, x, y) {
    const f = this.frame;
    const within = (value, low, high) => Math.min(Math.max(value, low), high);
    if (!corner) {
      const dx = within(x, -f.l, 1 - f.r);
      const dy = within(y, -f.t, 1 - f.b);
      this.frame = { l: f.l + dx, r: f.r + dx, t: f.t + dy, b: f.b + dy };
    } else {
      const [vertical, horizontal] = corner;
      f[horizontal] = horizontal === "l" ? within(f.l + x, 0, f.r - 0.05) : within(f.r + x, f.l + 0.05, 1);
      f[vertical] = vertical === "t" ? within(f.t + y, 0, f.b - 0.05) : within(f.b + y, f.t + 0.05, 1);
    }
    this.lay();
  }

  cropping() {
    const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    for (const handle of [this.parts.crop, ...this.section.querySelectorAll("[data-corner]")]) {
      handle.addEventListener("keydown", (event) => {
        if (!(event.key in arrows)) return;
        event.preventDefault();
        const step = event.shiftKey ? 0.05 : 0.01;
        this.move(handle.dataset.corner, ...arrows[event.key].map((way) => way * step));
      });
      handle.addEventListener("pointerdown", (event) => { handle.setPointerCapture(event.pointerId); });
      handle.addEventListener("pointermove", (event) => {
        if (!handle.hasPointerCapture(event.pointerId)) return;
        const { width, height } = this.parts.canvas.getBoundingClientRect();
        this.move(handle.dataset.corner, event.movementX / width, event.movementY / height);
      });
    }
  }

  turn() {
    this.quarter = (this.quarter + 1) % 4;
    const { l, t, r, b } = this.frame;
    this.frame = { l: 1 - b, r: 1 - t, t: l, b: r };
    this.paint();
  }

  async apply() {
    const page = this.edited;
    const whole = document.createElement("canvas");
    turned(whole, this.picture, this.quarter);
    const { l, t, r, b } = this.frame;
    const [x, y, width, height] = [l * whole.width, t * whole.height, (r - l) * whole.width, (b - t) * whole.height].map(Math.round);
    const blob = await draw(document.createElement("canvas"), whole, width, height, -x, -y);
    this.cancel();
    this.put(page, blob);
  }

  cancel() {
    this.parts.edit.hidden = true;
    this.parts.video.parentElement.hidden = !this.stream;
    this.picture.close();
    this.edited.line.querySelector("[data-page-do=edit]").focus();
  }
}

/** Open this device if it's there, else any. */
async function open(device) {
  const ask = (video) => navigator.mediaDevices.getUserMedia({ video, audio: false });
  if (!device) return ask(SHARP);
  return ask({ ...SHARP, facingMode: undefined, deviceId: { exact: device } }).catch((error) => {
    if (error.name === "NotAllowedError") throw error;
    return ask(SHARP);
  });
}

function remembered() {
  try { return localStorage.getItem(REMEMBERED) ?? ""; } catch { return ""; }
}

function remember(device) {
  try { localStorage.setItem(REMEMBERED, device); } catch { /* a browser that keeps nothing asks anew */ }
}

/** POST a page and tell how far it is, which fetch can't. */
function upload(url, data, tell) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.responseType = "json";
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", csrf());
    request.upload.onprogress = (event) => tell(event.lengthComputable ? event.loaded / event.total : 0);
    request.onload = () => done({ ok: request.status >= 200 && request.status < 300, body: request.response ?? {} });
    request.onerror = () => done({ ok: false, body: {} });
    request.send(data);
  });
}

addEventListener("pagehide", () => running?.stop());
for (const section of document.querySelectorAll("[data-camera]")) new Camera(section);
