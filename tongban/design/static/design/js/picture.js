// Pictures on a canvas, for the document camera.

const QUALITY = 0.88;

/** Draw a picture, or the part of it that begins at -x, -y, and give it back as a JPEG. */
export function draw(canvas, source, width, height, x = 0, y = 0) {
  Object.assign(canvas, { width, height });
  canvas.getContext("2d").drawImage(source, x, y);
  return new Promise((done) => { canvas.toBlob(done, "image/jpeg", QUALITY); });
}

/** Draw a picture turned by quarters, at most `limit` wide or high. */
export function turned(canvas, picture, quarter, limit = Infinity) {
  const share = Math.min(1, limit / Math.max(picture.width, picture.height));
  const [w, h] = [Math.round(picture.width * share), Math.round(picture.height * share)];
  Object.assign(canvas, quarter % 2 ? { width: h, height: w } : { width: w, height: h });
  const brush = canvas.getContext("2d");
  brush.translate(canvas.width / 2, canvas.height / 2);
  brush.rotate((quarter * Math.PI) / 2);
  brush.drawImage(picture, -w / 2, -h / 2, w, h);
}
