import { inverse } from './geodesy.js';
import { currentLook } from './looks.js';

// The map as a page: title, view, legend, scale. All of it is drawn on one canvas, letters by the browser's own fonts, so that Chinese is right wherever it is opened.

const patienceMilliseconds = 20_000;
const sharpness = 2, margin = 28, columnPixels = 236, linePixels = 22;
const letters = '"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif';
const ink = '#1d2b36', pale = '#566672', edge = '#c3ced6';
const a4 = { long: 297, short: 210, margin: 10 };

// groups: Leaflet layer groups that lie over the map. stop: ends the wait for what is not there yet, as the time limit does; both throw the signal's reason.
export async function makePicture({ map, gl, L, groups, bundleUrl }, picture, stop) {
  const view = await viewOf(map, gl, AbortSignal.any([stop, AbortSignal.timeout(patienceMilliseconds)]));
  const canvas = layOut(map, L, groups, view, picture);
  const name = picture.title.replace(/[\\/:*?"<>|\s]+/g, ' ').trim() || 'map';
  if (picture.isPdf)
    await savePdf(canvas, name, bundleUrl);
  else
    save(await new Promise(done => canvas.toBlob(done, 'image/png')), `${name}.png`);
}

// On paper the map is a picture of what is drawn at that moment: a canvas of MapLibre holds nothing by the time the browser prints.
export class Printed {
  // groups: tells the Leaflet layer groups that lie over the map.
  constructor(element, { L, map, gl }, groups) {
    this.begin = () => {
      this.canvas?.remove();
      gl.redraw();
      const view = cropped(map, gl), { x, y } = map.getSize();
      this.canvas = Object.assign(document.createElement('canvas'), { className: 'map-printed', width: view.width, height: view.height });
      const pen = this.canvas.getContext('2d');
      pen.drawImage(view, 0, 0);
      pen.scale(sharpness, sharpness);
      drawOver(pen, map, L, groups(), 0, 0, x, y);
      drawScale(pen, map, 0, y);
      element.append(this.canvas);
    };
    this.end = () => this.canvas?.remove();
    addEventListener('beforeprint', this.begin);
    addEventListener('afterprint', this.end);
  }

  remove() {
    removeEventListener('beforeprint', this.begin);
    removeEventListener('afterprint', this.end);
    this.end();
  }
}

// MapLibre's canvas is larger than the map and holds its picture only while it is drawn. For the page it draws once more, twice as fine.
async function viewOf(map, gl, signal) {
  const usual = gl.getPixelRatio();
  gl.setPixelRatio(sharpness);
  try {
    await new Promise((done, fail) => {
      signal.addEventListener('abort', () => fail(signal.reason));
      gl.once('idle', done);
      gl.triggerRepaint();
    });
    return await new Promise(done => { gl.once('render', () => done(cropped(map, gl))); gl.triggerRepaint(); });
  } finally {
    gl.setPixelRatio(usual);
  }
}

function cropped(map, gl) {
  const source = gl.getCanvas(), whole = source.getBoundingClientRect(), shown = map.getContainer().getBoundingClientRect();
  const view = new OffscreenCanvas(Math.round(shown.width * sharpness), Math.round(shown.height * sharpness));
  const scale = source.width / whole.width, pen = view.getContext('2d');
  pen.fillStyle = currentLook().sea;
  pen.fillRect(0, 0, view.width, view.height);
  pen.drawImage(source, (shown.left - whole.left) * scale, (shown.top - whole.top) * scale, shown.width * scale, shown.height * scale, 0, 0, view.width, view.height);
  return view;
}

function layOut(map, L, groups, view, { title, subtitle, legend, footer }) {
  const width = view.width / sharpness, height = view.height / sharpness;
  const lines = legend.flatMap(layer => [{ ...layer, isLayer: true }, ...layer.entries]);
  const columns = Math.max(1, Math.min(lines.length, Math.floor(width / columnPixels)));
  const rows = Math.ceil(lines.length / columns);
  const top = margin + 34 + (subtitle ? 24 : 0) + 10, below = top + height + 16;
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [(width + 2 * margin) * sharpness, (below + rows * linePixels + 34 + margin) * sharpness];
  const pen = canvas.getContext('2d');
  pen.scale(sharpness, sharpness);
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  write(pen, title, margin, margin + 24, { size: 24, weight: 600 });
  write(pen, subtitle, margin, margin + 54, { size: 14, color: pale });
  pen.drawImage(view, margin, top, width, height);
  drawOver(pen, map, L, groups, margin, top, width, height);
  drawScale(pen, map, margin, top + height);
  pen.strokeStyle = edge;
  pen.strokeRect(margin, top, width, height);
  lines.forEach((line, at) => drawLine(pen, line, margin + Math.floor(at / rows) * (width / columns), below + (at % rows) * linePixels, width / columns - 24));
  write(pen, footer, margin, below + rows * linePixels + 24, { size: 12, color: pale });
  return canvas;
}

function write(pen, text, x, y, { size, weight = 400, color = ink, align = 'left', room }) {
  pen.font = `${weight} ${size}px ${letters}`;
  pen.fillStyle = color;
  pen.textAlign = align;
  pen.textBaseline = 'alphabetic';
  pen.fillText(text ?? '', x, y, room);
}

// Shapes that are drawn with tools, as they are on the page: Leaflet keeps them outside MapLibre's canvas.
function drawOver(pen, map, L, groups, left, top, width, height) {
  pen.save();
  pen.beginPath();
  pen.rect(left, top, width, height);
  pen.clip();
  pen.translate(left, top);
  for (const layer of groups.flatMap(group => group.getLayers()))
    if (layer instanceof L.Marker)
      drawFigure(pen, layer);
    else
      drawPath(pen, map, L, layer);
  pen.restore();
}

function drawPath(pen, map, L, layer) {
  const style = getComputedStyle(layer.getElement());
  pen.beginPath();
  if (layer instanceof L.CircleMarker) {
    const { x, y } = map.latLngToContainerPoint(layer.getLatLng());
    pen.arc(x, y, layer.getRadius(), 0, 2 * Math.PI);
  } else {
    const corners = layer.getLatLngs().flat().map(corner => map.latLngToContainerPoint(corner));
    corners.forEach(({ x, y }, at) => pen[at ? 'lineTo' : 'moveTo'](x, y));
    if (layer instanceof L.Polygon)
      pen.closePath();
  }
  if (style.fill !== 'none') {
    [pen.fillStyle, pen.globalAlpha] = [style.fill, Number(style.fillOpacity)];
    pen.fill();
  }
  [pen.strokeStyle, pen.globalAlpha, pen.lineWidth] = [style.stroke, Number(style.strokeOpacity), layer.options.weight];
  pen.stroke();
  [pen.globalAlpha, pen.lineWidth] = [1, 1];
}

function drawFigure(pen, figure) {
  const element = figure.getElement(), page = element.closest('.leaflet-container').getBoundingClientRect(), box = element.getBoundingClientRect(), style = getComputedStyle(element);
  const [x, y] = [box.left - page.left, box.top - page.top];
  pen.fillStyle = style.backgroundColor;
  pen.beginPath();
  pen.roundRect(x, y, box.width, box.height, 5);
  pen.fill();
  element.innerText.split('\n').forEach((line, at) => write(pen, line, x + 7, y + 15 + at * 18, { size: 12, color: style.color }));
}

// A round length no longer than a fifth of the map, measured along the parallel at its middle.
function drawScale(pen, map, left, bottom) {
  const { x, y } = map.getSize(), most = x / 5;
  const [west, east] = [map.containerPointToLatLng([0, y / 2]), map.containerPointToLatLng([most, y / 2])].map(({ lng, lat }) => [lng, lat]);
  const meters = inverse(west, east).meters, unit = 10 ** Math.floor(Math.log10(meters));
  const length = [5, 2, 1].map(times => times * unit).find(one => one <= meters), pixels = most * length / meters;
  pen.fillStyle = 'rgba(255,255,255,0.85)';
  pen.fillRect(left, bottom - 36, pixels + 32, 36);
  pen.strokeStyle = ink;
  pen.lineWidth = 2;
  pen.beginPath();
  pen.moveTo(left + 16, bottom - 15);
  pen.lineTo(left + 16, bottom - 9);
  pen.lineTo(left + 16 + pixels, bottom - 9);
  pen.lineTo(left + 16 + pixels, bottom - 15);
  pen.stroke();
  pen.lineWidth = 1;
  write(pen, length < 1000 ? `${length} m` : `${length / 1000} km`, left + 16 + pixels / 2, bottom - 18, { size: 12, align: 'center' });
}

function drawLine(pen, line, x, y, width) {
  const sign = x + (line.isLayer ? 8 : 24);
  drawSign(pen, line, sign, y + 8);
  const text = line.isLayer ? line.title : line.name;
  if (line.count)
    write(pen, line.count, x + width, y + 13, { size: 13, color: pale, align: 'right' });
  write(pen, text, sign + 16, y + 13, { size: 13, weight: line.isLayer ? 600 : 400, room: width - 90 });
}

function drawSign(pen, { geometry, color }, x, y) {
  [pen.fillStyle, pen.strokeStyle] = [color, color];
  pen.beginPath();
  if (geometry === 'line') {
    pen.lineWidth = 5;
    pen.strokeStyle = edge;
    pen.moveTo(x - 7, y + 4);
    pen.lineTo(x + 7, y - 4);
    pen.stroke();
    [pen.strokeStyle, pen.lineWidth] = [color, 3];
    pen.stroke();
  } else if (geometry === 'polygon') {
    pen.lineWidth = 2;
    pen.strokeRect(x - 6, y - 5, 12, 10);
  } else {
    pen.arc(x, y, 5, 0, 2 * Math.PI);
    pen.fill();
  }
  pen.lineWidth = 1;
}

async function savePdf(canvas, name, bundleUrl) {
  const { jsPDF } = await import(new URL(bundleUrl.replace(/map\.js$/, 'pdf.js'), document.baseURI).href);
  const isWide = canvas.width >= canvas.height;
  const pdf = new jsPDF({ orientation: isWide ? 'landscape' : 'portrait', unit: 'mm', format: 'a4', compress: true });
  const [width, height] = [isWide ? a4.long : a4.short, isWide ? a4.short : a4.long].map(side => side - 2 * a4.margin);
  const scale = Math.min(width / canvas.width, height / canvas.height);
  const [imageWidth, imageHeight] = [canvas.width * scale, canvas.height * scale];
  pdf.addImage(canvas.toDataURL('image/jpeg', 0.92), 'JPEG', a4.margin + (width - imageWidth) / 2, a4.margin, imageWidth, imageHeight);
  pdf.setProperties({ title: name, creator: 'CityOps.Gis' });
  save(pdf.output('blob'), `${name}.pdf`);
}

function save(blob, name) {
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
