package dev.howdah.security;

/** Nobody could ever call the broker, or anybody could: no user, or one without a password, is configured. */
class NoUsers extends RuntimeException {
    NoUsers(String message) {
        super(message);
    }
}
