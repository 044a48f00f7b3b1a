/** Take what is drawn on a canvas and keep it, for a drawing that is not one of pixels. */

/** Keeps an outline as the data of an SVG path. */
export class OutlinePen {
  path = "";

  moveTo(x, y) {
    this.path += `M${short(x)} ${short(y)}`;
  }

  lineTo(x, y) {
    this.path += `L${short(x)} ${short(y)}`;
  }

  /** Adds a whole circle, as no shape has a part of one. */
  arc(x, y, radius) {
    const r = short(radius);
    this.path = `M${short(x - radius)} ${short(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
  }

  rect(x, y, width, height) {
    this.path += `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}z`;
  }

  closePath() {
    this.path += "z";
  }
}

/** Keeps the texts that are written, and where; knows the widths that a canvas would give them. */
export class LabelPen {
  written = [];
  globalAlpha = 1;
  font = "400 12px sans-serif";
  #canvas = document.createElement("canvas").getContext("2d");

  measureText(text) {
    this.#canvas.font = this.font;
    return this.#canvas.measureText(text);
  }

  strokeText() {}

  fillText(text, x, y) {
    const [weight, size] = this.font.split(" ");
    const opacity = this.globalAlpha === 1 ? undefined : this.globalAlpha;
    this.written.push({ text, x, y, weight, size: parseFloat(size), opacity });
  }
}

/** Returns a coordinate with two places at most. */
const short = (value) => Math.round(value * 100) / 100;
