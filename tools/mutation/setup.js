const fc = require('fast-check');

// A mutant that matters fails after a few values; a property that holds need not be tried for seconds for each of them.
fc.configureGlobal({ interruptAfterTimeLimit: 100, endOnFailure: true });
