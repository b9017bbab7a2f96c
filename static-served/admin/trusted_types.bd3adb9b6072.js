// jQuery, which the admin's own scripts use, writes markup as strings. In the admin these are let
// through; what would run in them is still stopped by the policy for scripts.
if (window.trustedTypes) {
  trustedTypes.createPolicy("default", { createHTML: (markup) => markup });
}
