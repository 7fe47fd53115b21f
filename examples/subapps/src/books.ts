export const books = new Map([
  [1, 'Emma'],
  [2, 'Persuasion'],
]);
