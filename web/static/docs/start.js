// Swagger UI over the product's own description; a session signs its requests by itself, anybody else by the button "Authorize".
window.addEventListener("DOMContentLoaded", () => {
  window.SwaggerUIBundle({ url: "/api/openapi.json", dom_id: "#api", deepLinking: true, validatorUrl: null });
});
