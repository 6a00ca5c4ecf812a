/** The telephone number of the service point: the same on every page. */
export const servicePhone = '0557-0000000';

/** The number of the ambulance in China. */
export const ambulancePhone = '120';
