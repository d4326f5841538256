// An extractor of a made-up site.
export const HarbourGazetteExampleExtractor = {
  domain: 'www.harbour-gazette.example',
  supportedDomains: ['old.harbour-gazette.example', "tides.example"],

  title: { selectors: ['h1.head', ['meta[name="og:title"]', 'value']] },
  author: { selectors: ['.by'] },
  date_published: { selectors: [['time', 'datetime']] },
  lead_image_url: { selectors: [['meta[name="og:image"]', 'value']] },

  content: {
    selectors: ['div.story-text', ['.lead', '.rest']], // the second one for long reads
    defaultCleaner: false,
    /* rewriting */
    transforms: {
      h2: 'h3',
      '.figure': $node => { $node.wrap('<figure></figure>'); },
    },
    clean: ['.tide-box', 'aside', '.it\'s', 'div', '.share ~ .more'],
  },
};
