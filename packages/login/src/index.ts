// Logins
export { LoginError } from './errors.ts';
export { Login, type LoginOptions, type LoginUserOptions, type UserId } from './login.ts';
