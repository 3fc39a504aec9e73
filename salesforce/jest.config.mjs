import lwcJest from "@salesforce/sfdx-lwc-jest/config.js";

/** What the package stubs, and the one module of the console that it does not. */
export default {
  ...lwcJest.jestConfig,
  rootDir: import.meta.dirname,
  moduleNameMapper: {
    ...lwcJest.jestConfig.moduleNameMapper,
    "^lightning/conversationToolkitApi$": "<rootDir>/test-mocks/conversation-toolkit-api.js",
  },
};
