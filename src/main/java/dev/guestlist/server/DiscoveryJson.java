package dev.guestlist.server;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What a server says about its sign-in, as far as it is compared with what was typed.
record DiscoveryJson(
    String issuer,
    @JsonProperty("authorization_endpoint") String authorizationEndpoint,
    @JsonProperty("token_endpoint") String tokenEndpoint) {}
