/** One note as Markdown. */
exports.page = function page(note) {
  return '# ' + note.title + '\n\n' + (note.body || '') + '\n';
};
