/** The vocabulary of the made-up marketplace. A change here changes the seed: raise `seedVersion`. */
export const cities = [
  { name: 'Zurich', lat: 47.3769, lon: 8.5417 },
  { name: 'Bern', lat: 46.948, lon: 7.4474 },
  { name: 'Basel', lat: 47.5596, lon: 7.5886 },
  { name: 'Geneva', lat: 46.2044, lon: 6.1432 },
  { name: 'Vienna', lat: 48.2082, lon: 16.3738 },
  { name: 'Munich', lat: 48.1351, lon: 11.582 },
] as const

export const trades = [
  { kind: 'Café', goods: ['espresso', 'cappuccino', 'cheesecake', 'brunch', 'croissant', 'hot chocolate'] },
  { kind: 'Bakery', goods: ['sourdough', 'pretzel', 'birthday cake', 'croissant', 'sandwich', 'apple pie'] },
  { kind: 'Pizzeria', goods: ['pizza', 'calzone', 'tiramisu', 'antipasti', 'lasagne', 'lemonade'] },
  { kind: 'Sushi Bar', goods: ['sushi', 'ramen', 'miso soup', 'bento box', 'green tea', 'tempura'] },
  { kind: 'Spa', goods: ['massage', 'sauna', 'facial', 'yoga class', 'hot stone massage', 'day pass'] },
  { kind: 'Gym', goods: ['training', 'yoga class', 'climbing', 'boxing', 'day pass', 'smoothie'] },
  { kind: 'Cinema', goods: ['ticket', 'popcorn', 'double feature', 'matinee', 'film night', 'lemonade'] },
  { kind: 'Bookshop', goods: ['novel', 'reading', 'notebook', 'travel guide', 'comic', 'gift card'] },
  { kind: 'Florist', goods: ['bouquet', 'roses', 'orchid', 'wreath', 'plant care', 'gift card'] },
  { kind: 'Bike Shop', goods: ['bike service', 'rental', 'helmet', 'tour', 'tyre change', 'e-bike ride'] },
] as const

export const surnames = [
  ...['Keller', 'Moser', 'Brunner', 'Favre', 'Rossi', 'Huber', 'Lang', 'Novak', 'Steiner', 'Weber', 'Aeby'],
  ...['Bianchi', 'Caduff', 'Dubois', 'Egger', 'Frei', 'Graf', 'Hofer', 'Imhof', 'Jost', 'Kunz', 'Lehner'],
] as const

export const places = [
  ...['am Markt', 'at the Bridge', 'Old Town', 'by the Lake', 'Station', 'Garden', 'Riverside', 'Hilltop'],
] as const

export const offers = [
  ...['for two', 'to go', 'after work', 'on weekdays', 'at the weekend', 'for the family', 'for students'],
] as const

export const praises = [
  ...['freshly made', 'hand picked', 'loved by locals', 'award winning', 'organic', 'homemade', 'quiet'],
  ...['seasonal', 'family run', 'with a view', 'open late', 'step free access', 'dog friendly'],
] as const
