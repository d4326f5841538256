export * from './harbour';
