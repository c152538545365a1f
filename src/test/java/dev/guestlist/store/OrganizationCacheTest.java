package dev.guestlist.store;

import static dev.guestlist.store.Sample.ACME;
import static dev.guestlist.store.Sample.NOW;
import static dev.guestlist.store.Sample.OTHER;
import static dev.guestlist.store.Sample.organization;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrganizationCacheTest {
  private static final OrganizationId ROOT = new OrganizationId("root");
  private static final OrganizationId A = new OrganizationId("a");
  private static final Instant LATER = NOW.plusSeconds(60);

  @TempDir Path folder;
  private LocalStore store;
  private OrganizationCache cache;

  @BeforeEach
  void open() {
    store = Sample.open(folder);
    cache = store.organizations();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private List<String> ids() {
    return cache.all(ACME).stream().map(o -> o.id().value()).sorted().toList();
  }

  @Test
  void keepsWhatAListLeftOut() {
    Organization full =
        new Organization(
            A,
            "Alpha",
            Optional.of("alpha.example"),
            Optional.of(ROOT),
            true,
            Optional.of(true),
            Organization.Access.ENTERABLE);
    cache.put(ACME, List.of(full), NOW);
    Organization sparse =
        new Organization(
            A,
            "Alpha 2",
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            Organization.Access.UNKNOWN);
    cache.put(ACME, List.of(sparse), LATER);
    store.close();
    open();

    assertThat(cache.find(ACME, A))
        .contains(
            new Organization(
                A,
                "Alpha 2",
                Optional.of("alpha.example"),
                Optional.of(ROOT),
                false,
                Optional.of(true),
                Organization.Access.ENTERABLE));
    assertThat(cache.find(OTHER, A)).isEmpty();

    cache.put(ACME, List.of(sparse.withAccess(Organization.Access.REFUSED)), LATER);
    assertThat(cache.find(ACME, A).orElseThrow().access()).isEqualTo(Organization.Access.REFUSED);
    cache.setAccess(ACME, A, Organization.Access.UNKNOWN);
    assertThat(cache.find(ACME, A).orElseThrow().access()).isEqualTo(Organization.Access.UNKNOWN);
  }

  @Test
  void replacingChildrenRemovesThoseGoneWithEverythingBelow() {
    cache.replaceChildren(ACME, ROOT, List.of(organization("a"), organization("b")), NOW);
    cache.replaceChildren(ACME, A, List.of(organization("a1"), organization("a2")), NOW);
    cache.replaceChildren(ACME, new OrganizationId("a1"), List.of(organization("a11")), NOW);
    cache.put(OTHER, List.of(organization("a").withParent(ROOT)), NOW);

    cache.replaceChildren(ACME, ROOT, List.of(organization("b"), organization("a2")), LATER);

    assertThat(ids()).containsExactly("a2", "b");
    assertThat(cache.find(ACME, new OrganizationId("a2")).orElseThrow().parent()).contains(ROOT);
    assertThat(cache.childrenReadAt(ACME, ROOT)).contains(LATER);
    assertThat(cache.childrenReadAt(ACME, A)).isEmpty();
    assertThat(cache.find(OTHER, A)).isPresent();
  }

  @Test
  void aCircleOfParentsEnds() {
    cache.put(
        ACME,
        List.of(
            organization("root").withParent(new OrganizationId("a1")),
            organization("a").withParent(ROOT),
            organization("a1").withParent(A)),
        NOW);
    cache.replaceChildren(ACME, ROOT, List.of(), LATER);
    assertThat(ids()).containsExactly("root");
  }

  @Test
  void pinsAndVisitsOutliveTheCache() {
    OrganizationId b = new OrganizationId("b");
    cache.pin(ACME, b, true);
    cache.pin(ACME, A, true);
    cache.pin(ACME, A, true);
    cache.visited(ACME, A, NOW);
    cache.visited(ACME, A, LATER);
    cache.visited(ACME, b, NOW);
    cache.put(ACME, List.of(organization("a")), NOW);
    store.forgetCached(ACME);
    store.close();
    open();

    assertThat(cache.all(ACME)).isEmpty();
    assertThat(cache.pinned(ACME)).containsExactly(b, A);
    assertThat(cache.visits(ACME)).isEqualTo(Map.of(A, LATER, b, NOW));
    assertThat(cache.pinned(OTHER)).isEmpty();
    cache.pin(ACME, b, false);
    assertThat(cache.pinned(ACME)).containsExactly(A);
  }

  @Test
  void twentyThousandAreReadBackCompletely() {
    List<Organization> many =
        IntStream.range(0, 20_000).mapToObj(i -> organization("org-" + i)).toList();
    cache.put(ACME, many, NOW);
    assertThat(cache.all(ACME)).hasSize(20_000).containsAll(many.subList(0, 100));
  }
}
