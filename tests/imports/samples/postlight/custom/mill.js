export const WeeklyMillExampleExtractor = {
  domain: 'weekly-mill.example',
  content: { selectors: ['article'], transforms: {}, clean: [] },
};
