// Stands in for the platform's component model: the console calls the life cycle by itself.
export class LightningElement {}
export const api = undefined;
export const wire = undefined;
