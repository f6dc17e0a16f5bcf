package dev.howdah.osb.acceptance;

/** The ids in application-acceptance.yml. */
final class TestCatalog {
    static final String S = "11111111-1111-4111-8111-111111111111";
    static final String P1 = "aaaaaaaa-0001-4000-8000-000000000001";
    static final String P2 = "aaaaaaaa-0002-4000-8000-000000000002";
    static final String P3 = "aaaaaaaa-0003-4000-8000-000000000003";
    static final String PN = "aaaaaaaa-0004-4000-8000-000000000004";
    static final String RETIRED = "aaaaaaaa-0005-4000-8000-000000000005";
    static final String S2 = "22222222-2222-4222-8222-222222222222";
    static final String Q = "bbbbbbbb-0001-4000-8000-000000000001";
    static final String UNKNOWN = "ffffffff-ffff-4fff-8fff-ffffffffffff";

    private TestCatalog() {}
}
