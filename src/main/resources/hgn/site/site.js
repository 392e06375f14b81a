// Draws the formulas, folds the menus on a narrow screen, opens what is folded before printing.
'use strict';

for (const node of document.querySelectorAll('.math')) {
  katex.render(node.textContent, node, {
    displayMode: node.classList.contains('display'),
    throwOnError: false,
  });
}

const menus = document.querySelectorAll('.side details');
const narrow = window.matchMedia('(max-width: 60rem)');
const fold = () => menus.forEach((menu) => (menu.open = !narrow.matches));
narrow.addEventListener('change', fold);
fold();

let opened = [];
window.addEventListener('beforeprint', () => {
  opened = [...document.querySelectorAll('details:not([open])')];
  opened.forEach((details) => (details.open = true));
  // A picture that was never scrolled to would be an empty frame on paper.
  document.querySelectorAll('img[loading=lazy]').forEach((image) => (image.loading = 'eager'));
});
window.addEventListener('afterprint', () => opened.forEach((details) => (details.open = false)));
