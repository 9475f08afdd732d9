// Writes PDF files; loaded when someone wants one.
export { jsPDF } from 'jspdf';
