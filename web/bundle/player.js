// Plays streams of cameras (HLS); loaded when one is watched. Without what cameras do not have: subtitles, other sound tracks, protection.
export { default as Hls } from 'hls.js/light';
