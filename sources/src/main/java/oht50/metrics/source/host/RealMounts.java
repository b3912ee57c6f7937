package oht50.metrics.source.host;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import oht50.metrics.source.host.HostReadings.Mount;

/**
 * The mounts that are disks, each once: not memory, images or the kernel's own, and of a device
 * mounted in several places (as containers do for single files) the shortest. The root always
 * counts, also when it is an overlay.
 */
final class RealMounts {
  private static final Set<String> NO_DISKS =
      Set.of(
          "autofs",
          "binfmt_misc",
          "bpf",
          "cgroup",
          "cgroup2",
          "configfs",
          "debugfs",
          "devpts",
          "devtmpfs",
          "efivarfs",
          "fuse.lxcfs",
          "fusectl",
          "hugetlbfs",
          "iso9660",
          "mqueue",
          "nsfs",
          "overlay",
          "proc",
          "pstore",
          "ramfs",
          "rpc_pipefs",
          "securityfs",
          "squashfs",
          "sysfs",
          "tmpfs",
          "tracefs");

  private RealMounts() {}

  /** Shortest mount point first. */
  static List<Mount> among(List<Mount> mounts) {
    List<Mount> sorted = new ArrayList<>(mounts);
    sorted.sort(
        Comparator.comparingInt((Mount m) -> m.point().length()).thenComparing(Mount::point));
    List<Mount> real = new ArrayList<>();
    Set<String> points = new HashSet<>();
    Set<String> devices = new HashSet<>();
    for (Mount mount : sorted) {
      if (isDisk(mount) && points.add(mount.point()) && isFirstOf(mount.device(), devices)) {
        real.add(mount);
      }
    }
    return real;
  }

  private static boolean isDisk(Mount mount) {
    boolean root = mount.point().equals("/");
    return mount.total() > 0
        && (root || (!NO_DISKS.contains(mount.type()) && !mount.device().contains("zram")));
  }

  private static boolean isFirstOf(String device, Set<String> devices) {
    return device.isEmpty() || device.equals("none") || devices.add(device);
  }
}
