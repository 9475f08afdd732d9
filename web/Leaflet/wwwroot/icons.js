// A white sign on a point's disc, from the zoom where the disc is large enough to hold it.

const from = 16, imagePixels = 48, signPixels = 24;

export const hasIcons = ({ icon, iconsByClass }) => Boolean(icon) || Object.keys(iconsByClass ?? {}).length > 0;

// Discs grow so that their signs can be told apart.
export const discRadii = [from, 7, 18, 11];

// A class goes before its major, what is not named bears the layer's own sign.
export function iconLayer(id, { icon, iconsByClass = {}, opacity }, of, filter) {
  const signs = Object.entries(iconsByClass).flatMap(([name, codes]) => codes.map(code => [code, `icon-${name}`]));
  const match = (input, pairs, otherwise) => pairs.length ? ['match', input, ...pairs.flat(), otherwise] : otherwise;
  const code = ['to-string', ['get', 'class_code']];
  const isMajor = ([one]) => one.length === 2;
  const image = match(code, signs.filter(sign => !isMajor(sign)), match(['slice', code, 0, 2], signs.filter(isMajor), `icon-${icon ?? 'other'}`));
  return {
    id: `${id}-icon`, type: 'symbol', ...of, minzoom: from, filter,
    layout: { 'icon-image': image, 'icon-size': ['interpolate', ['linear'], ['zoom'], from, 0.46, 18, 0.74], 'icon-allow-overlap': true, 'icon-ignore-placement': true },
    paint: { 'icon-opacity': opacity },
  };
}

// The image is made of the host's file when the first tile wants it; undefined for an id that is no sign.
export async function addIcon(gl, id, url) {
  const [, name] = /^icon-([a-z0-9-]+)$/.exec(id) ?? [];
  if (!name)
    return;
  const picture = new Image(imagePixels, imagePixels);
  picture.src = url.replace('{name}', name);
  await picture.decode();
  const pen = new OffscreenCanvas(imagePixels, imagePixels).getContext('2d');
  pen.drawImage(picture, 0, 0, imagePixels, imagePixels);
  if (!gl.hasImage(id))
    gl.addImage(id, pen.getImageData(0, 0, imagePixels, imagePixels), { pixelRatio: imagePixels / signPixels });
}
